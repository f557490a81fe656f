"""Chats of other networks: WhatsApp, Facebook and Instagram, X."""
