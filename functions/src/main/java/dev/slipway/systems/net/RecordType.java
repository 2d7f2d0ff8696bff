package dev.slipway.systems.net;

/** The DNS record types that Slipway looks up. */
public enum RecordType {
  A,
  AAAA,
  CAA,
  CNAME,
  MX,
  NS,
  PTR,
  SOA,
  TXT
}
