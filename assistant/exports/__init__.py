"""What an answer can be exported as, a file a format; `assistant.export` is the way in."""
