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
    /** Joint Photographic Experts Group. */
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
  private static final int ICO_ENTRY = 16;
  private static final int JPEG_FRAME = 9;

  /** Reads what a file is; empty if it is no image that is known here. */
  public static Optional<ImageFile> of(Bytes file) {
    byte[] bytes = file.toArray();
    if (begins(bytes, PNG) && bytes.length >= PNG_SIZES) {
      ByteBuffer header = ByteBuffer.wrap(bytes);
      return Optional.of(new ImageFile(Type.PNG, header.getInt(16), header.getInt(20)));
    }
    if (begins(bytes, ICO) && bytes.length >= ICO_SIZES) {
      return Optional.of(icon(bytes));
    }
    if (begins(bytes, JPEG)) {
      return Optional.of(photograph(ByteBuffer.wrap(bytes)));
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

  /** The largest of an icon's images, whose sizes stand in its directory one after the other. */
  private static ImageFile icon(byte[] bytes) {
    ImageFile largest = new ImageFile(Type.ICO, iconSize(bytes[6]), iconSize(bytes[7]));
    for (int i = 1, at = ICO_ENTRY + ICO_SIZES; i < bytes[4] && at <= bytes.length; i++) {
      ImageFile image = new ImageFile(Type.ICO, iconSize(bytes[at - 2]), iconSize(bytes[at - 1]));
      largest = image.width() > largest.width() ? image : largest;
      at += ICO_ENTRY;
    }
    return largest;
  }

  /** The size stands in the frame header, behind segments that are passed over (ISO 10918-1). */
  private static ImageFile photograph(ByteBuffer file) {
    int at = 2;
    while (at + JPEG_FRAME <= file.limit() && Byte.toUnsignedInt(file.get(at)) == 0xff) {
      int marker = Byte.toUnsignedInt(file.get(at + 1));
      // C4, C8 and CC stand among the frame headers and are none.
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
        return new ImageFile(
            Type.JPEG,
            Short.toUnsignedInt(file.getShort(at + 7)),
            Short.toUnsignedInt(file.getShort(at + 5)));
      }
      at += 2 + Math.max(2, Short.toUnsignedInt(file.getShort(at + 2)));
    }
    return new ImageFile(Type.JPEG, 0, 0);
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
