"""The handbook: content files in, pages and data out. Does not know that MkDocs exists."""
