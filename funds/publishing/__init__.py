"""Publishing what aid money did: when it is due, what it is filled with, what everybody may read, the poster."""
