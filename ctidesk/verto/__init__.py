"""The web phone: Verto, the signalling of FreeSWITCH over WebSocket, with sound by WebRTC."""
