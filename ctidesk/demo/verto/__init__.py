"""A demo FreeSWITCH with mod_verto: signalling, ICE, DTLS and RTP (verto-protocol.md). Needs `ctidesk[webphone]`."""
