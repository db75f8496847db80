"""Tagging: documents in, the same documents with scored spans out."""
