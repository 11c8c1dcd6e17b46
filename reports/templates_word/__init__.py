"""The Word templates of reports, and what writes them."""
