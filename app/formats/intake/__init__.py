"""Resumes from files: PDF and DOCX → text in reading order → a JSON Resume draft, and a receipt of every line.

`reader` is what the service calls; everything that touches a file runs in a process of its own (`__main__`).
"""
