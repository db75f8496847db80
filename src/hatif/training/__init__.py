"""Fine-tuning and pretraining; torch and transformers are imported by its modules, never by this package."""
