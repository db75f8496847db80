"""Model bundles, their tokenizers and their back ends; everything Hugging-Face-shaped stops at this floor."""
