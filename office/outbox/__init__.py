"""What leaves the product: messages to people by mail or WeCom, notices to the robots of groups."""
