"""The Webitel PBX: its protocol, its channels and the provider for the application (webitel-protocol.md)."""
