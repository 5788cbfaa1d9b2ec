package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.DomainLoss;
import dev.kafkapod.placement.Evenness;
import dev.kafkapod.placement.PartitionSpread;
import dev.kafkapod.placement.PlacementAssessment;
import dev.kafkapod.placement.PlacementPolicy;
import dev.kafkapod.placement.Spread;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How the spread of partitions is written for programs, everywhere the same. */
final class SpreadJson {

  private SpreadJson() {}

  static void counts(JsonGenerator json, PlacementAssessment assessment) throws IOException {
    json.writeObjectFieldStart("partitions");
    for (Evenness evenness : Evenness.values()) {
      json.writeNumberField(evenness.label(), assessment.count(evenness));
    }
    json.writeEndObject();
  }

  static void losses(JsonGenerator json, List<DomainLoss> losses) throws IOException {
    json.writeArrayFieldStart("losses");
    for (DomainLoss loss : losses) {
      json.writeStartObject();
      json.writeStringField("dimension", loss.dimension().optionName());
      json.writeNumberField("domains", loss.domains());
      json.writeNumberField("underMinIsr", loss.underMinIsr());
      json.writeNumberField("avoidable", loss.avoidable());
      if (loss.worst().isPresent()) {
        DomainLoss.Worst worst = loss.worst().get();
        json.writeObjectFieldStart("worst");
        json.writeStringField("partition", worst.partition());
        json.writeStringField("domain", worst.domain());
        json.writeNumberField("left", worst.left());
        if (worst.minIsr().isPresent()) {
          json.writeNumberField("minIsr", worst.minIsr().getAsInt());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void uneven(JsonGenerator json, List<PartitionSpread> uneven, List<Dimension> order)
      throws IOException {
    json.writeArrayFieldStart("uneven");
    for (PartitionSpread it : uneven) {
      json.writeStartObject();
      json.writeStringField("partition", it.partition().name());
      json.writeStringField("evenness", it.evenness().label());
      Json.numbers(json, "replicas", PlacementPolicy.now(it.partition()));
      spread(json, "now", it.now(), order);
      spread(json, "best", it.best(), order);
      Json.numbers(json, "lost", it.lost());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void spread(
      JsonGenerator json, String field, Optional<Spread> spread, List<Dimension> order)
      throws IOException {
    if (spread.isPresent()) {
      json.writeObjectFieldStart(field);
      Json.numbers(json, order.get(0).optionName() + "s", spread.get().first());
      if (order.size() > 1) {
        Json.numbers(json, order.get(1).optionName() + "s", spread.get().second());
      }
      Json.numbers(json, "racks", spread.get().cells());
      json.writeEndObject();
    }
  }

  static void dimensions(JsonGenerator json, List<Dimension> order) throws IOException {
    Json.strings(json, "dimensions", order.stream().map(Dimension::optionName).toList());
  }
}
