"""The one codec between words, pieces, tags and spans; training, prediction and scoring all go through it."""
