package dev.slipway.systems.net;

/** The DNS record types that Slipway looks up. */
public enum RecordType {
  A,
  AAAA,
  CAA,
  CNAME,
  DS,
  MX,
  NS,
  PTR,
  SOA,
  TXT
}
