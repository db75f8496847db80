"""Files to documents and back: the JSON-lines schema, plain text, inline markup, and the checks of annotated data."""
