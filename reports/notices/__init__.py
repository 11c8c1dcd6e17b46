"""What each side is told of reports."""
