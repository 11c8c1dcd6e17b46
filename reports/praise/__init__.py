"""What is learned and praised: on-site meetings, good cases, comparisons and contests of organisations."""
