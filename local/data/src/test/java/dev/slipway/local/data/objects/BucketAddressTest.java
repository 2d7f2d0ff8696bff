package dev.slipway.local.data.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.data.dump.DataTrouble;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketAddressTest {
  private static BucketAddress of(String address) {
    return BucketAddress.parse("assets-source", address);
  }

  @Test
  void isAwsUnlessAnEndpointIsNamed() {
    assertEquals(
        new BucketAddress(
            URI.create("https://s3.eu-west-1.amazonaws.com"), "eu-west-1", "hub.assets"),
        of("s3://hub.assets?region=eu-west-1"));
    assertEquals(
        URI.create("https://minio.internal:9000"),
        of("s3://hub?region=us-east-1&endpoint=https://minio.internal:9000/").endpoint());
  }

  @Test
  void oneStorageCopiesBetweenItsRegionsAndNoOther() {
    BucketAddress ireland = of("s3://hub?region=eu-west-1");
    BucketAddress inside = of("s3://hub?region=eu-west-1&endpoint=https://minio.internal");

    assertTrue(ireland.isBeside(of("s3://own?region=eu-central-1")));
    assertTrue(inside.isBeside(of("s3://own?region=eu-west-1&endpoint=https://minio.internal")));
    assertFalse(ireland.isBeside(inside));
  }

  @Test
  void aBucketIsTheSameInWhicheverRegionItIsLookedFor() {
    assertTrue(of("s3://hub?region=eu-west-1").isSame(of("s3://hub?region=eu-central-1")));
    assertFalse(of("s3://hub?region=eu-west-1").isSame(of("s3://own?region=eu-west-1")));
    assertFalse(
        of("s3://hub?region=eu-west-1")
            .isSame(of("s3://hub?region=eu-west-1&endpoint=https://minio.internal")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hub.s3.amazonaws.com",
        "s3://hub",
        "s3://Hub?region=eu-west-1",
        "s3://hub?region=eu-west-1&endpoint=http://minio.internal:9000",
        "s3://hub?region=eu-west-1&endpoint=https://user:secret@minio.internal",
        "s3://hub?region=eu-west-1&endpoint=https://minio.internal/storage",
        "s3://hub?region=eu-west-1&key=1"
      })
  void refusesWhatIsNoAddress(String address) {
    DataTrouble wrong = assertThrows(DataTrouble.class, () -> of(address));
    assertEquals("address-wrong", wrong.kind());
    assertFalse(wrong.getMessage().contains("secret"), wrong.getMessage());
  }
}
