package dev.slipway.systems.web;

import dev.slipway.systems.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An image's type and size by its own bytes, regardless of its name.
 *
 * @param type by its first bytes
 * @param width in pixels, or an SVG's units; 0 when it does not say
 * @param height likewise
 */
public record ImageFile(Type type, int width, int height) {

  /** The types that can be told apart. */
  public enum Type {
    /** Portable Network Graphics. */
    PNG,
    /** Scalable Vector Graphics, which is text. */
    SVG,
    /** A Windows icon. */
    ICO,
    /** JPEG, told apart only to be named. */
    JPEG,
    /** GIF, told apart only to be named. */
    GIF
  }

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] ICO = {0, 0, 1, 0};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] GIF = {'G', 'I', 'F', '8'};
  private static final int PNG_SIZES = 24;
  private static final int ICO_SIZES = 8;

  /** Reads what a file is; empty if it is no image that is known here. */
  public static Optional<ImageFile> of(Bytes file) {
    byte[] bytes = file.toArray();
    if (begins(bytes, PNG) && bytes.length >= PNG_SIZES) {
      ByteBuffer header = ByteBuffer.wrap(bytes);
      return Optional.of(new ImageFile(Type.PNG, header.getInt(16), header.getInt(20)));
    }
    if (begins(bytes, ICO) && bytes.length >= ICO_SIZES) {
      return Optional.of(new ImageFile(Type.ICO, iconSize(bytes[6]), iconSize(bytes[7])));
    }
    if (begins(bytes, JPEG)) {
      return Optional.of(new ImageFile(Type.JPEG, 0, 0));
    }
    if (begins(bytes, GIF)) {
      return Optional.of(new ImageFile(Type.GIF, 0, 0));
    }
    return SvgFile.size(file);
  }

  /**
   * Why an SVG is not taken: it holds what a browser may take for code, or refers to what is not in
   * it. Names the element or attribute; empty: nothing is wrong.
   */
  public static Optional<String> objectionToSvg(Bytes svg) {
    return SvgFile.objection(svg);
  }

  /** A byte has no room for 256, so 0 stands for it. */
  private static int iconSize(byte size) {
    return size == 0 ? 256 : Byte.toUnsignedInt(size);
  }

  private static boolean begins(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }
}
