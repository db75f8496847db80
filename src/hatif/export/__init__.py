"""Tagged documents and call records to the forms that people and programs read."""
