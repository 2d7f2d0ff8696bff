package dev.slipway.local.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the artifact, if it was packaged. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "slipway " + (version == null ? "(built from its sources)" : version),
      "Java " + Runtime.version()
    };
  }
}
