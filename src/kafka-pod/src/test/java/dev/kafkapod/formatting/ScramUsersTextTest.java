package dev.kafkapod.formatting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kafkapod.formatting.ScramUser.Mechanism;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The users of a new cluster: any password, and nothing that could be read in two ways. */
class ScramUsersTextTest {

  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String SALT_64 = Base64.getEncoder().encodeToString(SALT);

  private static ScramUsersText parse(String text) {
    return new ScramUsersText(text, () -> SALT);
  }

  private static List<ScramUser> users(String text) {
    ScramUsersText parsed = parse(text);
    assertThat(parsed.problems()).isEmpty();
    return parsed.users();
  }

  private static String salted(ScramMechanism mechanism, int iterations, String password)
      throws Exception {
    return Base64.getEncoder()
        .encodeToString(new ScramFormatter(mechanism).saltedPassword(password, SALT, iterations));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "with=equals=",
        "a b",
        "C:\\dir\\n",
        "\"half",
        "it's",
        "#hash",
        "${name}",
        "comma,password=x",
        "[in],{brackets}",
        "pässwörd",
        "密码🔑",
        "SCRAM-SHA-512=[name=x,password=y]"
      })
  void takesAnyPasswordAsItIsForBothMechanisms(String password) throws Exception {
    List<ScramUser> users = users("alice=" + password + "\n");

    assertThat(users).extracting(ScramUser::name).containsExactly("alice", "alice");
    assertThat(users)
        .extracting(it -> it.saltedPassword().reveal())
        .containsExactly(
            salted(ScramMechanism.SCRAM_SHA_256, 4096, password),
            salted(ScramMechanism.SCRAM_SHA_512, 4096, password));
    assertThat(users).allMatch(it -> it.hasPassword(password) && !it.hasPassword(password + "x"));
  }

  @Test
  void writesWhatKafkasToolTakes() throws Exception {
    assertThat(users("alice=secret").get(1).flag())
        .isEqualTo(
            "--add-scram=SCRAM-SHA-512=[name=\"alice\",iterations=4096,salt=\"%s\",saltedpassword=\"%s\"]"
                .formatted(SALT_64, salted(ScramMechanism.SCRAM_SHA_512, 4096, "secret")));
  }

  @Test
  void showsNoSecretWhenItIsPrinted() {
    String printed = users("alice=secret").toString();

    assertThat(printed)
        .contains("alice", "[hidden]")
        .doesNotContain("secret", SALT_64, users("alice=secret").get(0).saltedPassword().reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice=secret",
        "\uFEFFalice=secret\n",
        "alice=secret\r\n",
        "# comment\r\n\r\n  \r\nalice=secret\r\n\r\n",
      })
  void readsFilesOfAnyEditor(String text) {
    assertThat(users(text)).isEqualTo(users("alice=secret\n"));
  }

  @Test
  void takesKafkasNotationForOneMechanism() throws Exception {
    String salted = salted(ScramMechanism.SCRAM_SHA_512, 8192, "secret");

    assertThat(
            users(
                """
                SCRAM-SHA-512=[name=alice,iterations=8192,salt="%1$s",saltedpassword="%2$s"]
                SCRAM-SHA-512=[name=bob,iterations=8192,salt=%1$s,password=secret]
                 SCRAM-SHA-256= [ name=carol, password="a, b=c, salt" ] \s
                """
                    .formatted(SALT_64, salted)))
        .extracting(
            it -> it.name() + " " + it.mechanism() + " " + it.iterations(),
            it -> it.saltedPassword().reveal())
        .containsExactly(
            tuple("alice SCRAM-SHA-512 8192", salted),
            tuple("bob SCRAM-SHA-512 8192", salted),
            tuple(
                "carol SCRAM-SHA-256 4096",
                salted(ScramMechanism.SCRAM_SHA_256, 4096, "a, b=c, salt")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password=\" both \"| both ",
        "password=\"\"quoted\"\"|\"quoted\"",
        "password='single'|'single'",
        "password=\",name\"|,name",
        "password=a=b|a=b",
        "password=[x]|[x]",
        "password=\"half|\"half",
      })
  void holdsInKafkasNotationWhatTheSimpleOneCanNot(String component, String password) {
    // the separator's values are trimmed otherwise
    String meant = component.contains(" both ") ? " both " : password;
    assertThat(users("SCRAM-SHA-512=[name=a," + component + "]"))
        .singleElement()
        .matches(it -> it.hasPassword(meant));
  }

  @Test
  void tellsAUserWithTwoMechanismsFromOneThatIsThereTwice() {
    assertThat(users("SCRAM-SHA-512=[name=a,password=b]\nSCRAM-SHA-256=[name=a,password=b]\n"))
        .hasSize(2);
    assertThat(parse("a=b\n\nSCRAM-SHA-512=[name=a,password=c]\n").problems())
        .containsExactly(
            "line 3: names a user that line 1 names already, for SCRAM-SHA-512; leave one of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "hunter2 → has no '='",
        "alice: hunter2 → has no '='",
        "alice:hunter2=x → before the '='",
        "User:alice=hunter2 → before the '='",
        "hunter2 x=y → before the '='",
        "=hunter2 → before the '='",
        "{\"alice\":\"hunter2=\"} → before the '='",
        "alice= → must not be empty",
        "alice=\"hunter2\" → in quotes",
        "alice='hunter2' → in quotes",
        "alice=` hunter2` → begins or ends with a blank",
        "alice=hunter2\t2 → control characters",
        "SCRAM-SHA-1=[name=a,password=hunter2] → must be SCRAM-SHA-256 or SCRAM-SHA-512",
        "scram-sha-512=[name=a,password=hunter2] → must be SCRAM-SHA-256 or SCRAM-SHA-512",
        "SCRAM-SHA-512=[name=a,password=hunter2 → must end with ']'",
        "SCRAM-SHA-512=[name=a,password=hunter2,x] → between the brackets",
        "SCRAM-SHA-512=[] → between the brackets",
        "SCRAM-SHA-512=[password=hunter2] → the name is missing",
        "SCRAM-SHA-512=[name=a] → the password is missing",
        "SCRAM-SHA-512=[name=a,password=] → must not be empty",
        "SCRAM-SHA-512=[name=a,name=b,password=hunter2] → name stands there twice",
        "SCRAM-SHA-512=[name=\"a,b\",password=hunter2] → no commas",
        "SCRAM-SHA-512=[name=a,password=hunter2,saltedpassword=aGk=] → exclude each other",
        "SCRAM-SHA-512=[name=a,saltedpassword=aHVudGVyMg==] → needs the salt",
        "SCRAM-SHA-512=[name=a,salt=aGk=,saltedpassword=aHVudGVyMg==] → must be 64 bytes long for SCRAM-SHA-512, got 7",
        "SCRAM-SHA-512=[name=a,salt=aGk=,saltedpassword=hunter2!] → saltedpassword must be base64",
        "SCRAM-SHA-512=[name=a,salt=,password=hunter2] → salt must be base64, and not empty",
        "SCRAM-SHA-512=[name=a,iterations=4095,password=hunter2] → from 4096 to 16384",
        "SCRAM-SHA-512=[name=a,iterations=16385,password=hunter2] → from 4096 to 16384",
        "SCRAM-SHA-512=[name=a,iterations=many,password=hunter2] → from 4096 to 16384",
      })
  void saysWhatIsWrongWithoutAnyWordOfTheLine(String line, String rule) {
    assertThat(parse("ok=ok\n" + line.replace("`", "") + "\n").problems())
        .singleElement()
        .asString()
        .startsWith("line 2: ")
        .contains(rule)
        .doesNotContain("hunter2", "aHVudGVyMg");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThat(parse("a\nb=\n\n# c\nd e=f\n").problems())
        .extracting(it -> it.substring(0, 7))
        .containsExactly("line 1:", "line 2:", "line 5:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only\n", "\uFEFF"})
  void mustNameSomebody(String text) {
    assertThat(parse(text).problems())
        .containsExactly(
            "must name a user, and names none; write NAME=PASSWORD, or as kafka-storage.sh --add-scram takes it");
  }

  @Test
  void knowsKafkasMechanisms() {
    assertThat(Mechanism.values())
        .extracting(Mechanism::toString)
        .containsExactlyElementsOf(ScramMechanism.mechanismNames().stream().sorted().toList());
    assertThat(ScramMechanism.values())
        .allMatch(
            it ->
                it.minIterations() == ScramUser.FEWEST_ITERATIONS
                    && it.maxIterations() == ScramUser.MOST_ITERATIONS);
  }
}
