package dev.kafkapod.storage;

/**
 * What is in the directory of a metadata log, {@code __cluster_metadata-0}.
 *
 * @param exists whether there is one
 * @param begun whether there are segments; Kafka makes the first in its very first start
 * @param complete whether the segments begin with a record, or where a snapshot ends; what Kafka
 *     has written to them is never seen to be missing where this is true
 * @param hadRecords whether something else shows that there were records: a snapshot, the epochs of
 *     leaders, a segment that holds something else, or a vote where there isn't even a segment
 */
public record MetadataLog(boolean exists, boolean begun, boolean complete, boolean hadRecords) {

  /** There is no such directory. */
  public static final MetadataLog ABSENT = new MetadataLog(false, false, false, false);

  /** Whether there is nothing but what formatting leaves: nothing, or the first voters. */
  public boolean isAsFormatted() {
    return !begun && !complete && !hadRecords;
  }
}
