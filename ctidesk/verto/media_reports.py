"""Reports of both sides on how the sound arrives (RTCP; RFC 3550, "6.4 Sender and Receiver Reports")."""

from __future__ import annotations

import time

from aiortc.rtp import RtcpPacket, RtcpReceiverInfo, RtcpRrPacket, RtcpSenderInfo, RtcpSrPacket

from ctidesk.verto.media_jitter import Counts

REPORT_SECONDS = 2.5

_NTP_EPOCH = 2_208_988_800


class Reports:
    """Writes ours and reads theirs.

    Attributes:
        remote_loss: the share of our packets that the other side has not got since its last report, None before it.
        round_trip: seconds to the other side and back, None before its first report.
    """

    def __init__(self, rate: int) -> None:
        """Create the reports for a codec whose clock runs at `rate` Hz."""
        self._rate = rate
        self._previous = Counts()
        self._heard: tuple[int, float] | None = None
        self.remote_loss: float | None = None
        self.round_trip: float | None = None

    def write(
        self, ssrc: int, packets: int, octets: int, timestamp: int, heard: int | None, counts: Counts, now: float
    ) -> bytes:
        """Return our report.

        Args:
            ssrc: our stream, with what it has sent so far.
            packets, octets, timestamp: what it has sent so far.
            heard: the stream that we hear, None before its first packet.
            counts: what has come of it.
            now: seconds of any steady clock.
        """
        reports = []
        if heard is not None:
            lost = counts.lost - self._previous.lost
            expected = counts.received - self._previous.received + lost
            self._previous = Counts(counts.received, counts.lost)
            last, delay = (0, 0) if self._heard is None else (self._heard[0], int((now - self._heard[1]) * 65536))
            share = min(max(lost, 0) * 256 // expected, 255) if expected > 0 else 0
            jitter = min(int(counts.jitter * self._rate), 0xFFFFFFFF)
            reports = [RtcpReceiverInfo(heard, share, min(counts.lost, 0x7FFFFF), counts.received, jitter, last, delay)]
        sent = RtcpSenderInfo(_ntp(time.time()), timestamp, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
        return bytes(RtcpSrPacket(ssrc, sent, reports))

    def read(self, data: bytes, ssrc: int, now: float) -> None:
        """Take a report of the other side; `ssrc` is our stream. What cannot be read is left aside."""
        try:
            packets = RtcpPacket.parse(data)
        except ValueError:
            return
        for packet in packets:
            if isinstance(packet, RtcpSrPacket):
                self._heard = ((packet.sender_info.ntp_timestamp >> 16) & 0xFFFFFFFF, now)
            if isinstance(packet, RtcpSrPacket | RtcpRrPacket):
                for report in packet.reports:
                    if report.ssrc == ssrc:
                        self._note(report)

    def _note(self, report: RtcpReceiverInfo) -> None:
        self.remote_loss = report.fraction_lost / 256
        if report.lsr:
            passed = ((_ntp(time.time()) >> 16) - report.lsr - report.dlsr) & 0xFFFFFFFF
            if passed < 65536 * 10:  # more than ten seconds are a clock that was set
                self.round_trip = passed / 65536


def _ntp(seconds: float) -> int:
    return int((seconds + _NTP_EPOCH) * (1 << 32))
