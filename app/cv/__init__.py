"""A CV as it grows in a conversation: its shape, what may change it, what is missing. Pure: no rows, no requests."""
