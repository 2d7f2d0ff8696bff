package dev.slipway.systems.web;

import dev.slipway.systems.net.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;
import org.xml.sax.ext.Locator2;

/**
 * Scalable Vector Graphics (SVG 2, W3C), judged as XML by lists of what it may hold: shapes, texts,
 * paints, filters, styles and references within the file. Every other element or attribute is
 * refused, for a browser may take it for code.
 *
 * <p>Notes of drawing programs may stay, since no browser acts on them: elements and attributes in
 * the namespaces of {@link #EDITORS}, and metadata.
 */
final class SvgFile {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  /** Fewer than the JDK's own limit, whose message names no element. */
  private static final int DEEPEST = 60;

  private static final int MOST_ELEMENTS = 20_000;

  /** Encodings that every XML parser reads alike. */
  private static final Set<String> ENCODINGS =
      Set.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ISO-8859-1");

  /** The namespaces of Inkscape, Illustrator, Sketch, Figma and their like, by their beginnings. */
  private static final Set<String> EDITORS =
      Set.of(
          "http://www.inkscape.org/namespaces/",
          "http://sodipodi.sourceforge.net/",
          "http://inkscape.sourceforge.net/",
          "http://ns.adobe.com/",
          "http://www.bohemiancoding.com/sketch/",
          "http://www.figma.com/",
          "https://www.figma.com/",
          "http://www.serif.com/",
          "http://www.corel.com/",
          "http://krita.org/",
          "https://boxy-svg.com",
          "http://vectornator.io",
          "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
          "http://purl.org/dc/",
          "http://creativecommons.org/ns#",
          "http://web.resource.org/cc/");

  private static final Set<String> ELEMENTS =
      words(
          """
          svg g defs symbol use title desc metadata switch view style
          path rect circle ellipse line polyline polygon image
          text tspan textPath altGlyph font font-face font-face-src font-face-name glyph
          missing-glyph hkern vkern
          linearGradient radialGradient meshgradient meshrow meshpatch stop pattern hatch hatchpath
          solidcolor clipPath mask marker
          filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
          feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
          feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
          fePointLight feSpecularLighting feSpotLight feTile feTurbulence
          flowRoot flowRegion flowPara flowSpan flowDiv flowLine
          """);

  private static final Set<String> ATTRIBUTES =
      words(
          """
          id class style lang role tabindex version baseProfile viewBox preserveAspectRatio
          x y width height x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate points d pathLength
          transform gradientTransform patternTransform gradientUnits patternUnits
          patternContentUnits spreadMethod offset href type media title zoomAndPan enable-background
          clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY
          orient filterUnits primitiveUnits filterRes in in2 result mode values operator k1 k2 k3 k4
          stdDeviation edgeMode order kernelMatrix divisor bias targetX targetY preserveAlpha
          surfaceScale diffuseConstant specularConstant specularExponent kernelUnitLength
          scale xChannelSelector yChannelSelector azimuth elevation radius z pointsAtX pointsAtY
          pointsAtZ limitingConeAngle baseFrequency numOctaves seed stitchTiles tableValues slope
          intercept amplitude exponent textLength lengthAdjust startOffset method spacing side
          requiredFeatures requiredExtensions systemLanguage crossorigin decoding pitch
          horiz-adv-x horiz-origin-x horiz-origin-y vert-adv-y vert-origin-x vert-origin-y unicode
          glyph-name g1 g2 u1 u2 k units-per-em panose-1 ascent descent cap-height x-height bbox
          underline-position underline-thickness unicode-range contentScriptType contentStyleType
          alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
          color-interpolation-filters color-profile color-rendering cursor direction display
          dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font
          font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch
          font-style font-variant font-variation-settings font-weight glyph-orientation-horizontal
          glyph-orientation-vertical image-rendering inline-size isolation kerning letter-spacing
          lighting-color line-height marker marker-end marker-mid marker-start mask mask-type
          mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-padding
          shape-rendering solid-color solid-opacity stop-color stop-opacity stroke
          stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
          stroke-opacity stroke-width text-align text-anchor text-decoration text-indent
          text-orientation text-overflow text-rendering text-transform transform-box
          transform-origin unicode-bidi vector-effect vertical-align visibility white-space
          word-spacing writing-mode nodetypes
          """);

  /** Attributes that hold no CSS. */
  private static final Set<String> TEXTS =
      words("id class lang role title type unicode glyph-name systemLanguage requiredExtensions");

  private SvgFile() {}

  /**
   * Its width and height by the root element, in its own units; each 0 when that does not say.
   *
   * @return empty if the file's root element is none of SVG
   */
  static Optional<ImageFile> size(Bytes file) {
    if (!beginsLikeXml(file.toArray())) {
      return Optional.empty();
    }
    Root root = new Root();
    parse(file, root);
    return Optional.ofNullable(root.size);
  }

  /**
   * The reason why it is refused, with the offending part and the next step; empty: it is accepted.
   */
  static Optional<String> objection(Bytes file) {
    return parse(file, new Judge());
  }

  /** Ends the reading of a file. */
  private static final class Ended extends SAXException {
    private static final long serialVersionUID = 1L;

    Ended(String why) {
      super(why);
    }
  }

  /** Looks at the root element only. */
  private static final class Root extends DefaultHandler2 {
    private ImageFile size;

    @Override
    public void startElement(String uri, String name, String qualified, Attributes given)
        throws Ended {
      if (name.equals("svg") && isSvg(uri)) {
        size = sized(given.getValue("width"), given.getValue("height"), given.getValue("viewBox"));
      }
      throw new Ended("");
    }
  }

  /** Goes through all of it, and ends at the first thing that may not stand in it. */
  private static final class Judge extends DefaultHandler2 {
    private Locator where;
    private int depth;
    private int elements;
    private boolean cdata;
    private StringBuilder style;

    @Override
    public void setDocumentLocator(Locator locator) {
      where = locator;
    }

    private Ended refused(String what) {
      return new Ended(
          "%s (line %d) may not stand in the image.".formatted(what, where.getLineNumber()));
    }

    private void refuse(Optional<String> what) throws Ended {
      if (what.isPresent()) {
        throw refused(what.get());
      }
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes given)
        throws Ended {
      if (where instanceof Locator2 known
          && known.getEncoding() != null
          && !ENCODINGS.contains(known.getEncoding().toUpperCase(Locale.ROOT))) {
        throw refused("The encoding " + cut(known.getEncoding()) + " instead of UTF-8");
      }
      depth++;
      elements++;
      if (depth > DEEPEST || elements > MOST_ELEMENTS) {
        throw refused(
            "More than %d elements, or elements more than %d deep,"
                .formatted(MOST_ELEMENTS, DEEPEST));
      }
      boolean svg = isSvg(uri);
      boolean known = svg ? ELEMENTS.contains(name) : isEditors(uri);
      if (!known || style != null) {
        throw refused(
            "The element <" + cut(qualified) + ">" + (style == null ? "" : " inside of <style>"));
      }
      for (int i = 0; i < given.getLength(); i++) {
        refuse(attribute(given, i, svg, name).map(what -> what + " of <" + cut(qualified) + ">"));
      }
      style = svg && name.equals("style") ? new StringBuilder() : null;
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws Ended {
      depth--;
      if (style != null) {
        refuse(SvgStyle.objection(style.toString()).map(what -> "In <style>: " + what));
        style = null;
      }
    }

    @Override
    public void characters(char[] text, int from, int length) throws Ended {
      if (style != null) {
        style.append(text, from, length);
      } else if (cdata) {
        // A reader of HTML does not take it for text everywhere.
        throw refused("A CDATA section outside of <style>");
      }
    }

    @Override
    public void startCDATA() {
      cdata = true;
    }

    @Override
    public void endCDATA() {
      cdata = false;
    }

    @Override
    public void comment(char[] text, int from, int length) throws Ended {
      String words = new String(text, from, length);
      if (words.startsWith(">") || words.startsWith("->")) {
        throw refused("A comment that begins with >, where HTML ends it,");
      }
    }

    @Override
    public void processingInstruction(String target, String data) throws Ended {
      if (!target.equals("xpacket")) {
        throw refused("The processing instruction <?" + cut(target) + "?>");
      }
    }

    @Override
    public void internalEntityDecl(String name, String value) throws Ended {
      throw refused("The declaration of an entity, " + cut(name) + ",");
    }

    @Override
    public void externalEntityDecl(String name, String publicId, String systemId) throws Ended {
      throw refused("The declaration of an entity, " + cut(name) + ",");
    }

    @Override
    public void attributeDecl(String element, String name, String type, String mode, String value)
        throws Ended {
      throw refused("The declaration of an attribute, " + cut(name) + ",");
    }

    @Override
    public void elementDecl(String name, String model) throws Ended {
      throw refused("The declaration of an element, " + cut(name) + ",");
    }

    @Override
    public void skippedEntity(String name) throws Ended {
      throw refused("The entity " + cut(name));
    }
  }

  private static Optional<String> attribute(Attributes given, int i, boolean svg, String element) {
    String name = given.getLocalName(i);
    String namespace = given.getURI(i);
    String value = given.getValue(i);
    String shown = cut(given.getQName(i));
    Optional<String> refused = Optional.of("The attribute " + shown);
    if (isEditors(namespace)) {
      return Optional.empty();
    }
    if (XML.equals(namespace)) {
      return Set.of("space", "lang", "id").contains(name) ? Optional.empty() : refused;
    }
    if (!svg) {
      // Of an editor's own element: no browser knows what it would mean, but for handlers of HTML.
      return name.toLowerCase(Locale.ROOT).startsWith("on") ? refused : Optional.empty();
    }
    if (name.equals("href") && (isNone(namespace) || XLINK.equals(namespace))) {
      return isWithin(value, element)
          ? Optional.empty()
          : Optional.of(
              "The attribute " + shown + ", which refers to an address outside of the file,");
    }
    if (XLINK.equals(namespace)) {
      return Set.of("type", "title", "role", "arcrole", "show", "actuate").contains(name)
          ? Optional.empty()
          : refused;
    }
    boolean known =
        isNone(namespace)
            && (ATTRIBUTES.contains(name) || name.startsWith("data-") || name.startsWith("aria-"));
    if (!known) {
      return refused;
    }
    boolean words = TEXTS.contains(name) || name.startsWith("data-") || name.startsWith("aria-");
    return words
        ? Optional.empty()
        : SvgStyle.objection(value).map(what -> "In the attribute " + shown + ": " + what);
  }

  /** A fragment of the file itself, or a raster image held in it. */
  private static boolean isWithin(String reference, String element) {
    String plain = reference.strip();
    return plain.isEmpty()
        || plain.startsWith("#")
        || (Set.of("image", "feImage").contains(element) && SvgStyle.isRaster(plain));
  }

  private static boolean isSvg(String namespace) {
    // Without a namespace it is SVG to a reader of HTML.
    return isNone(namespace) || SVG.equals(namespace);
  }

  private static boolean isNone(String namespace) {
    return namespace == null || namespace.isEmpty();
  }

  private static boolean isEditors(String namespace) {
    return namespace != null && EDITORS.stream().anyMatch(namespace::startsWith);
  }

  private static String cut(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }

  // --- reading

  /**
   * No document type is loaded, no entity is followed, nothing outside of the file is read.
   *
   * @return why the handler ended the reading; empty: it came to the end
   */
  private static Optional<String> parse(Bytes file, DefaultHandler2 handler) {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      factory.setXIncludeAware(false);
      XMLReader reader = factory.newSAXParser().getXMLReader();
      reader.setProperty("http://xml.org/sax/properties/lexical-handler", handler);
      reader.setProperty("http://xml.org/sax/properties/declaration-handler", handler);
      reader.setContentHandler(handler);
      reader.setErrorHandler(handler);
      reader.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
      reader.parse(new InputSource(new ByteArrayInputStream(file.toArray())));
      return Optional.empty();
    } catch (Ended e) {
      return Optional.of(e.getMessage());
    } catch (SAXParseException e) {
      return Optional.of("From line " + e.getLineNumber() + " on it is no well-formed XML.");
    } catch (SAXException | IOException e) {
      return Optional.of("It is no well-formed XML.");
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By its first character that is no blank, in UTF-8 or UTF-16. */
  private static boolean beginsLikeXml(byte[] bytes) {
    for (byte each : bytes) {
      boolean mark = each == 0 || each < -2 || each == -1 || each == -2 || each == (byte) 0xef;
      if (!mark && each > ' ') {
        return each == '<';
      }
    }
    return false;
  }

  private static ImageFile sized(String givenWidth, String givenHeight, String viewBox) {
    int width = length(givenWidth);
    int height = length(givenHeight);
    if ((width == 0 || height == 0) && viewBox != null) {
      String[] box = viewBox.strip().split("[\\s,]+", 5);
      if (box.length == 4) {
        return new ImageFile(ImageFile.Type.SVG, length(box[2]), length(box[3]));
      }
    }
    return new ImageFile(ImageFile.Type.SVG, width, height);
  }

  /** A number, with or without px; other units and percentages say nothing of pixels: 0. */
  private static int length(String text) {
    String number = text == null ? "" : text.strip();
    if (number.endsWith("px")) {
      number = number.substring(0, number.length() - 2).strip();
    }
    boolean plain =
        !number.isEmpty()
            && number.length() <= 20
            && number.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
            && number.chars().filter(c -> c == '.').count() <= 1
            && !number.equals(".");
    return plain ? (int) Math.round(Double.parseDouble(number)) : 0;
  }

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.strip().split("\\s+")));
  }
}
