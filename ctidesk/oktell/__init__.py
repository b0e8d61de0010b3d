"""The Oktell PBX: its protocol, its line and the provider that gives it to the application (oktell-protocol.md)."""
