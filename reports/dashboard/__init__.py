"""The view from above: what the board of an area shows, part by part, and the figures of the wall."""
