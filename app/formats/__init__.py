"""What users bring and take away: JSON Resume and job postings, read and written by pure functions."""
