package dev.slipway.systems.aws;

import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An element of an answer of AWS's query protocol. */
final class AwsXml {

  private final HttpAnswer answer;
  private final Element element;

  private AwsXml(HttpAnswer answer, Element element) {
    this.answer = answer;
    this.element = element;
  }

  /**
   * The answer's outermost element.
   *
   * @throws SystemTrouble of kind {@code NOT_UNDERSTOOD} when the answer is not XML
   */
  static AwsXml of(HttpAnswer answer) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      InputSource text = new InputSource(new StringReader(answer.text()));
      return new AwsXml(answer, builder.parse(text).getDocumentElement());
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw notUnderstood(answer, "its XML");
    }
  }

  /**
   * The text of the first element of this name, however deep.
   *
   * @throws SystemTrouble of kind {@code NOT_UNDERSTOOD} when there is none
   */
  String text(String name) {
    NodeList found = element.getElementsByTagName(name);
    if (found.getLength() == 0) {
      throw notUnderstood(answer, name);
    }
    return found.item(0).getTextContent();
  }

  /** The text of this element. */
  String content() {
    return element.getTextContent();
  }

  /** The text of the child of this name; empty if there is none. */
  String child(String name) {
    return children(name).stream()
        .map(each -> each.element.getTextContent())
        .findFirst()
        .orElse("");
  }

  /** The children of this name. */
  List<AwsXml> children(String name) {
    List<AwsXml> found = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(new AwsXml(answer, child));
      }
    }
    return found;
  }

  /** The items of a list, which AWS calls {@code item}. */
  List<AwsXml> items(String list) {
    return children(list).stream().flatMap(each -> each.children("item").stream()).toList();
  }

  /** The answer itself is not kept for the record: it may hold the keys of a session. */
  private static SystemTrouble notUnderstood(HttpAnswer answer, String what) {
    return new SystemTrouble(
        AwsSession.SYSTEM,
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        answer.call().against() + " did not answer as AWS does: " + what + " is not there.",
        answer.call().asked(),
        answer.call().against(),
        "HTTP " + answer.status());
  }
}
