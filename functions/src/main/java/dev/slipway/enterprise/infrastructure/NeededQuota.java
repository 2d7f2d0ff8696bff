package dev.slipway.enterprise.infrastructure;

import java.util.List;

/**
 * What the base set-up of one environment needs of an AWS account in its region.
 *
 * @param service as Service Quotas names it
 * @param code the quota's code
 * @param title for people
 * @param most how much the environment needs
 */
record NeededQuota(String service, String code, String title, int most) {

  /** One network, a load balancer and hosts for each of the platform's components. */
  static final List<NeededQuota> ALL =
      List.of(
          new NeededQuota("vpc", "L-F678F1CE", "VPCs", 1),
          new NeededQuota("ec2", "L-0263D0A3", "Elastic IP addresses", 3),
          new NeededQuota("ec2", "L-1216C47A", "vCPUs of standard instances", 32),
          new NeededQuota("elasticloadbalancing", "L-53DA6B97", "load balancers", 6),
          new NeededQuota("rds", "L-7B6409FD", "database instances", 4));
}
