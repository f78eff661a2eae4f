"""From rows to a prompt that fits its budget, with a receipt of what was kept and what was not."""
