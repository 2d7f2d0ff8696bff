package dev.slipway.local.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The names that resources get: always the same ones for the same template, so that an execution
 * started before a restart still finds its functions. AWS would append a random text.
 */
final class ResourceNames {
  private final Stack stack;

  ResourceNames(Stack stack) {
    this.stack = stack;
  }

  /** The physical name of a resource without a name of its own. */
  String generated(String logicalId) {
    return stack.name() + "-" + logicalId;
  }

  /** The value of {@code Ref}. */
  String ref(String logicalId, String type, String name) {
    return switch (type) {
      case "AWS::Serverless::StateMachine" -> arn(type, name).orElseThrow();
      case "AWS::SNS::Topic", "AWS::SecretsManager::Secret", "AWS::IAM::ManagedPolicy" ->
          arn(type, name).orElseThrow();
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.amazonaws.com/%s/%s".formatted(stack.region(), stack.account(), name);
      case "AWS::Serverless::HttpApi" -> logicalId;
      default -> name;
    };
  }

  /** The value of {@code Fn::GetAtt}; empty for an attribute that is not known here. */
  Optional<String> attribute(String logicalId, String type, String name, String attribute) {
    return switch (attribute) {
      case "Arn", "TopicArn" -> arn(type, name);
      case "StreamArn" -> arn(type, name).map(arn -> arn + "/stream/local");
      case "Name", "QueueName", "TopicName", "RoleId", "KeyId" -> Optional.of(name);
      case "QueueUrl" -> Optional.of(ref(logicalId, type, name));
      case "ApiEndpoint" ->
          Optional.of(
              "https://%s.execute-api.%s.amazonaws.com".formatted(logicalId, stack.region()));
      default -> Optional.empty();
    };
  }

  private Optional<String> arn(String type, String name) {
    return Optional.ofNullable(
        switch (type) {
          case "AWS::Serverless::Function" -> stack.arn("lambda", "function:" + name);
          case "AWS::Serverless::StateMachine" -> stack.arn("states", "stateMachine:" + name);
          case "AWS::DynamoDB::Table" -> stack.arn("dynamodb", "table/" + name);
          case "AWS::SQS::Queue" -> stack.arn("sqs", name);
          case "AWS::SNS::Topic" -> stack.arn("sns", name);
          case "AWS::SecretsManager::Secret" -> stack.arn("secretsmanager", "secret:" + name);
          case "AWS::KMS::Key" -> stack.arn("kms", "key/" + name);
          case "AWS::Logs::LogGroup" -> stack.arn("logs", "log-group:" + name + ":*");
          case "AWS::CloudWatch::Alarm" -> stack.arn("cloudwatch", "alarm:" + name);
          case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
          case "AWS::IAM::ManagedPolicy" ->
              "arn:aws:iam::%s:policy/%s".formatted(stack.account(), name);
          case "AWS::IAM::Role" -> "arn:aws:iam::%s:role/%s".formatted(stack.account(), name);
          default -> null;
        });
  }

  /** The name that the template itself gives the resource, still unresolved. */
  static Optional<String> nameProperty(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "AWS::Serverless::Function" -> "FunctionName";
          case "AWS::Serverless::StateMachine" -> "Name";
          case "AWS::DynamoDB::Table" -> "TableName";
          case "AWS::SQS::Queue" -> "QueueName";
          case "AWS::SNS::Topic" -> "TopicName";
          case "AWS::Logs::LogGroup" -> "LogGroupName";
          case "AWS::SecretsManager::Secret" -> "Name";
          case "AWS::S3::Bucket" -> "BucketName";
          case "AWS::IAM::Role" -> "RoleName";
          case "AWS::IAM::ManagedPolicy" -> "ManagedPolicyName";
          case "AWS::CloudWatch::Alarm" -> "AlarmName";
          default -> null;
        });
  }

  /** Whether SAM makes a role for this resource, to which {@code !GetAtt <Id>Role.Arn} refers. */
  static boolean hasGeneratedRole(ObjectNode resource) {
    var type = resource.path("Type").asText();
    return type.equals("AWS::Serverless::Function") || type.equals("AWS::Serverless::StateMachine");
  }
}
