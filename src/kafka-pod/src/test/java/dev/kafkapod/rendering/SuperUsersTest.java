package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Kafka's authorizer makes of super.users. */
class SuperUsersTest {

  private static final String AUTHORIZER =
      "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer\n";

  private static List<String> said(String mounted) {
    return Requests.problems(Requests.render(Requests.of("", mounted, Map.of(), "kafka-1")))
        .stream()
        .filter(it -> it.contains("super.users"))
        .toList();
  }

  @Test
  void mustBePrincipals() {
    assertThat(said(AUTHORIZER + "super.users=User:a;admin\n"))
        .containsExactly(
            "server.properties:2: super.users: must be principals, TYPE:NAME, with semicolons between them, or Kafka doesn't start, got 'admin'; write for example User:admin;User:broker");
  }

  @Test
  void commasMakeOneOfTwo() {
    assertThat(said(AUTHORIZER + "super.users=User:a,User:b\n"))
        .containsExactly(
            "warning: server.properties:2: super.users: 'User:a,User:b' is a single principal, because only semicolons stand between two; write for example User:admin;User:broker, unless its name is a certificate's");
  }

  @Test
  void areTakenWithCertificatesNamesAndByOtherAuthorizers() {
    assertThat(said(AUTHORIZER + "super.users=User:CN=a,OU=b; User:c;\n")).isEmpty();
    assertThat(said("super.users=admin\n")).isEmpty();
    assertThat(said("authorizer.class.name=a.B\nsuper.users=admin\n")).isEmpty();
  }
}
