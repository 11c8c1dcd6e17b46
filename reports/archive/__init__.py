"""The archive of a pairing and year as one package: an index, the documents, the attachments (P-39, TN-25)."""
