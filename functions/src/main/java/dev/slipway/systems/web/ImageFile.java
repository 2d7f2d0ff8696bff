package dev.slipway.systems.web;

import dev.slipway.systems.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image is by its own bytes, whatever its name says.
 *
 * @param type what it begins like
 * @param width in pixels, or an SVG's units; 0 when it does not say
 * @param height likewise
 */
public record ImageFile(Type type, int width, int height) {

  /** What can be told apart. */
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

  private static final Pattern SVG_ROOT =
      Pattern.compile(
          "\\A\\uFEFF?\\s*(?:<\\?xml[^>]*\\?>\\s*)?(?:<!--.*?-->\\s*)*<svg\\b([^>]*)>",
          Pattern.DOTALL);
  private static final Pattern VIEW_BOX =
      Pattern.compile(
          "\\bviewBox\\s*=\\s*[\"']\\s*[-\\d.]+[\\s,]+[-\\d.]+[\\s,]+([\\d.]+)[\\s,]+([\\d.]+)");

  /** Code, or anything from elsewhere: an SVG with it would act on the dashboard's pages. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "<script|<foreignObject|<!ENTITY|\\son[a-z]+\\s*=|javascript:"
              + "|href\\s*=\\s*[\"']\\s*(?:https?:)?//",
          Pattern.CASE_INSENSITIVE);

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
    Matcher root = SVG_ROOT.matcher(file.text());
    return root.find() ? Optional.of(svg(root.group(1))) : Optional.empty();
  }

  /** Whether an SVG holds code or refers to something elsewhere. */
  public static boolean isActive(Bytes svg) {
    return ACTIVE.matcher(svg.text()).find();
  }

  private static ImageFile svg(String attributes) {
    int width = length(attributes, "width");
    int height = length(attributes, "height");
    Matcher box = VIEW_BOX.matcher(attributes);
    if ((width == 0 || height == 0) && box.find()) {
      return new ImageFile(Type.SVG, rounded(box.group(1)), rounded(box.group(2)));
    }
    return new ImageFile(Type.SVG, width, height);
  }

  private static int length(String attributes, String name) {
    Matcher matcher =
        Pattern.compile("\\s" + name + "\\s*=\\s*[\"']\\s*([\\d.]+)(?:px)?\\s*[\"']")
            .matcher(attributes);
    return matcher.find() ? rounded(matcher.group(1)) : 0;
  }

  private static int rounded(String number) {
    try {
      return (int) Math.round(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return 0;
    }
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
