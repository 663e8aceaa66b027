"""One small file a format; `read` picks the reader."""
