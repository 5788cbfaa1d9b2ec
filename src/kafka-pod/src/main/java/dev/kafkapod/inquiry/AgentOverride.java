package dev.kafkapod.inquiry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an override hides, as the agent's status tells it. */
public final class AgentOverride {

  private final List<String> hides = new ArrayList<>();
  private String identity = "";
  private Optional<String> withoutSummary = Optional.empty();
  private int withoutExitCode = -1;

  private AgentOverride() {}

  /**
   * Takes from a status in JSON what the override hides, and what would be said without it.
   *
   * @return empty if that status was made under other override files, or doesn't say
   */
  public static Optional<EffectiveVerdict> of(Overrides overrides, String status) {
    AgentOverride told = new AgentOverride();
    try (JsonParser json = new JsonFactory().createParser(status)) {
      while (json.nextToken() != null) {
        if ("override".equals(json.currentName())
            && json.currentToken() == JsonToken.START_OBJECT) {
          told.read(json);
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // no agent of ours answers there
    }
    boolean same =
        overrides.identity().map(OverrideIdentity::text).filter(told.identity::equals).isPresent();
    if (!same || told.withoutExitCode < 0 || told.withoutSummary.isEmpty()) {
      return Optional.empty();
    }
    Verdict without = ExitCode.verdict(told.withoutExitCode, told.withoutSummary.get());
    return Optional.of(new EffectiveVerdict(overrides, without, without, told.hides));
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "identity" -> identity = json.getText();
        case "withoutSummary" ->
            withoutSummary = Optional.of(json.getText()).filter(it -> !it.isEmpty());
        case "withoutExitCode" -> withoutExitCode = json.getIntValue();
        case "hides" -> {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            hides.add(json.getText());
          }
        }
        default -> json.skipChildren();
      }
    }
  }
}
