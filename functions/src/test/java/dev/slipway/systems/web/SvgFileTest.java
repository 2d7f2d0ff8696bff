package dev.slipway.systems.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.net.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An SVG is taken if nothing in it runs, loads, or hides from whoever reads it. */
class SvgFileTest {
  private static String svg(String inside) {
    return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
        + " width='40' height='40'>"
        + inside
        + "</svg>";
  }

  private static Optional<String> objection(String text) {
    return ImageFile.objectionToSvg(Bytes.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<script>x()</script> | <script>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>x()</s:script> | <s:script>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>x()</h:script> | <h:script>",
        "<Script>x()</Script> | <Script>",
        "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject> | <foreignObject>",
        "<iframe xmlns='http://www.w3.org/1999/xhtml' src='//x.example'/> | <iframe>",
        "<set attributeName='href' to='javascript:x()'/> | <set>",
        "<animate attributeName='href' values='javascript:x()'/> | <animate>",
        "<a href='javascript:x()'><rect/></a> | <a>",
        "<g onclick='x()'/> | onclick",
        "<g ONLOAD='x()'/> | ONLOAD",
        "<use href='https://x.example/i.svg#a'/> | href",
        "<use xlink:href='//x.example/i.svg#a'/> | xlink:href",
        "<use q:href='//x.example/i.svg#a' xmlns:q='http://www.w3.org/1999/xlink'/> | q:href",
        "<use href='data:image/svg+xml;base64,PHN2Zy8+'/> | href",
        "<image href='data:image/svg+xml;base64,PHN2Zy8+'/> | href",
        "<image href='data:text/html;base64,PGI+'/> | href",
        "<image href='&#106;avascript:x()'/> | href",
        "<image href=' java&#10;script:x()'/> | href",
        "<image href='logo.png'/> | href",
        "<feImage href='http://x.example/a.png'/> | href",
        "<g xml:base='http://x.example/'/> | xml:base",
        "<style>@import 'http://x.example/a.css';</style> | @import",
        "<style>@\\69mport 'a.css';</style> | @import",
        "<style>a{content:'/*'} @import 'a.css'; b{content:'*/'}</style> | @import",
        "<style><![CDATA[ @import url(a.css); ]]></style> | @import",
        "<style>@import 'a.css';<g/></style> | <g>",
        "<style>rect{fill:url(http://x.example/a)}</style> | url",
        "<style>rect{fill:u\\72 l('//x.example/a')}</style> | url",
        "<style>rect{background:image-set('a.png' 1x)}</style> | image-set",
        "<rect style='fill:url(//x.example/a)'/> | style",
        "<rect fill='URL( \"https://x.example/a\" )'/> | fill",
        "<rect cursor='url(c.cur)'/> | cursor",
        "<rect style='behavior:url(#default)'/> | behavior",
        "<rect style='width:expression(x())'/> | expression",
        "<title><![CDATA[<img src=x onerror=y()>]]></title> | CDATA",
        "<!--><script>x()</script>--> | comment",
        "<?xml-stylesheet href='a.css'?> | xml-stylesheet",
        "<xi:include href='/etc/passwd' xmlns:xi='http://www.w3.org/2001/XInclude'/> | <xi:include>",
        "<g other:thing='x' xmlns:other='urn:other'/> | other:thing",
        "<g nonsense='x'/> | nonsense"
      })
  void namesWhatMayNotStandInIt(String inside, String named) {
    String told = objection(svg(inside)).orElse("nothing");
    assertTrue(told.contains(named), inside + ": " + told);
    assertTrue(told.contains("may not stand in the image."), told);
    assertTrue(told.contains("(line "), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE svg [<!ENTITY x 'javascript:y()'>]>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE svg [<!ENTITY % x SYSTEM 'http://x.example/x.dtd'> %x;]>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]>"
      })
  void takesNoDeclarations(String doctype) {
    String told = objection(doctype + svg("<g/>")).orElse("nothing");
    assertTrue(told.startsWith("The declaration of an "), told);
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void expandsNothing() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE svg [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    String bomb = laughs + "]>" + svg("<text>&a29;</text>");
    assertTrue(objection(bomb).isPresent());
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void boundsDepthAndNumber() {
    String deep = svg("<g>".repeat(50_000) + "</g>".repeat(50_000));
    assertTrue(objection(deep).orElse("nothing").contains("deep"));
    assertTrue(objection(svg("<g/>".repeat(30_000))).orElse("nothing").contains("elements"));
    assertTrue(objection(svg("<g/>".repeat(1_000))).isEmpty());
    // Long texts, comments, blanks and numbers are read once.
    String longOnes =
        "<!--" + "- ".repeat(200_000) + " -->" + svg("<path d='" + "M1,1 ".repeat(200_000) + "'/>");
    assertEquals(Optional.empty(), objection(longOnes));
  }

  @Test
  void readsOtherEncodingsAsBrowsersDo() {
    Bytes utf16 = Bytes.of(svg("<script/>").getBytes(StandardCharsets.UTF_16));
    assertTrue(ImageFile.objectionToSvg(utf16).orElse("").contains("<script>"));
    assertEquals(40, ImageFile.of(utf16).orElseThrow().width());
    assertTrue(objection("<?xml version='1.0' encoding='UTF-7'?>" + svg("")).isPresent());
    assertTrue(objection("<?xml version='1.0' encoding='IBM037'?>" + svg("")).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<svg", "<svg><g></svg>", "<svg>&nbsp;</svg>", ""})
  void takesWellFormedXmlOnly(String text) {
    assertTrue(objection(text).isPresent());
  }

  /** Shortened from what the programs write; no browser acts on their notes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <!-- Created with Inkscape (http://www.inkscape.org/) -->
        <svg width="40mm" height="10mm" viewBox="0 0 160 40" version="1.1" id="svg5"
           inkscape:version="1.3" sodipodi:docname="logo.svg" xml:space="preserve"
           xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
           xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
           xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
           xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
           xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg">
          <sodipodi:namedview id="v" pagecolor="#ffffff" inkscape:zoom="2"><inkscape:grid
             type="xygrid"/></sodipodi:namedview>
          <metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
            <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF>
          </metadata>
          <defs><linearGradient id="a"><stop style="stop-color:#f00;stop-opacity:1" offset="0"/>
          </linearGradient></defs>
          <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
            <path style="fill:url(#a);stroke-width:.26" d="M0 0L10 10z" sodipodi:nodetypes="ccc"/>
          </g>
        </svg>
        """,
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- Generator: Adobe Illustrator 27.0, SVG Export Plug-In -->
        <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
          "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
        <svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg"
           xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 160 40"
           style="enable-background:new 0 0 160 40;" xml:space="preserve"
           xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" i:pageBounds="0 0 1 1">
          <style type="text/css">
            .st0{fill:#1A2B3C;} .st1{clip-path:url(#SVGID_2_);font-family:'MyriadPro-Regular';}
            @media (prefers-color-scheme: dark) { .st0{fill:#fff} }
          </style>
          <i:aipgfRef id="adobe_illustrator_pgf"/>
          <g><defs><rect id="SVGID_1_" width="160" height="40"/></defs><clipPath id="SVGID_2_">
            <use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>
            <path class="st0" d="M1,1h2v3z"/></g>
        </svg>
        """,
        """
        <svg width="160" height="40" viewBox="0 0 160 40" fill="none"
           xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
          <g filter="url(#f0_d)" clip-path="url(#clip0)" data-name="logo@2x">
            <rect width="160" height="40" rx="8" fill="url(#pattern0)" aria-label="Logo"/></g>
          <defs><filter id="f0_d" x="0" y="0" width="1" height="1" filterUnits="userSpaceOnUse"
             color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="b"/>
             <feGaussianBlur stdDeviation="2"/><feBlend mode="normal" in2="b"/></filter>
             <clipPath id="clip0"><rect width="160" height="40" fill="white"/></clipPath>
             <pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1">
               <use xlink:href="#image0" transform="scale(0.01)"/></pattern>
             <image id="image0" width="1" height="1" xlink:href="data:image/png;base64,iVBORw0="/>
          </defs>
        </svg>
        """
      })
  void takesWhatDrawingProgramsExport(String export) {
    assertEquals(Optional.empty(), objection(export));
    ImageFile image = ImageFile.of(Bytes.of(export)).orElseThrow();
    assertEquals(new ImageFile(ImageFile.Type.SVG, 160, 40), image);
  }
}
