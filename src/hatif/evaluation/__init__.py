"""Scores: gold and predicted documents in, figures and errors out."""
