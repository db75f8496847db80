"""Articles in, tagged documents out, as a stream."""
