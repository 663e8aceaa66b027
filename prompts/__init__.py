"""Prompts for the chat model, one text file a call."""
