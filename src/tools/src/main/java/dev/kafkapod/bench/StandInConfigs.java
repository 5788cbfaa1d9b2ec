package dev.kafkapod.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/** The settings of a stand-in cluster's topics: as many as a broker sends, about 1.2 KB. */
final class StandInConfigs {

  private static final Map<String, String> VALUES = new TreeMap<>();

  static {
    long longest = Long.MAX_VALUE;
    VALUES.put(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    VALUES.put(TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG, "-1");
    VALUES.put(TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG, "9");
    VALUES.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    VALUES.put(TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, "3");
    VALUES.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, "86400000");
    VALUES.put(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "60000");
    VALUES.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, String.valueOf(longest));
    VALUES.put(TopicConfig.FLUSH_MS_CONFIG, String.valueOf(longest));
    VALUES.put("follower.replication.throttled.replicas", "");
    VALUES.put(TopicConfig.INDEX_INTERVAL_BYTES_CONFIG, "4096");
    VALUES.put("leader.replication.throttled.replicas", "");
    VALUES.put(TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG, "-2");
    VALUES.put(TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG, "-2");
    VALUES.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(longest));
    VALUES.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588");
    VALUES.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, "3600000");
    VALUES.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, String.valueOf(longest));
    VALUES.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    VALUES.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5");
    VALUES.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0");
    VALUES.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    VALUES.put(TopicConfig.PREALLOCATE_CONFIG, "false");
    VALUES.put(TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG, "false");
    VALUES.put(TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG, "false");
    VALUES.put(TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG, "false");
    VALUES.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    VALUES.put(TopicConfig.RETENTION_MS_CONFIG, "604800000");
    VALUES.put(TopicConfig.SEGMENT_BYTES_CONFIG, "1073741824");
    VALUES.put(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG, "10485760");
    VALUES.put(TopicConfig.SEGMENT_JITTER_MS_CONFIG, "0");
    VALUES.put(TopicConfig.SEGMENT_MS_CONFIG, "604800000");
    VALUES.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
  }

  private StandInConfigs() {}

  static DescribeConfigsResponseData of(DescribeConfigsRequestData request) {
    return new DescribeConfigsResponseData()
        .setResults(request.resources().stream().map(StandInConfigs::of).toList());
  }

  private static DescribeConfigsResult of(DescribeConfigsResource resource) {
    List<DescribeConfigsResourceResult> entries =
        VALUES.entrySet().stream()
            .filter(
                entry ->
                    resource.configurationKeys() == null
                        || resource.configurationKeys().contains(entry.getKey()))
            .map(entry -> entry(entry.getKey(), entry.getValue()))
            .toList();
    return new DescribeConfigsResult()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setConfigs(entries);
  }

  private static DescribeConfigsResourceResult entry(String name, String value) {
    ConfigSource source =
        name.equals(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
            ? ConfigSource.TOPIC_CONFIG
            : ConfigSource.DEFAULT_CONFIG;
    return new DescribeConfigsResourceResult()
        .setName(name)
        .setValue(value)
        .setConfigSource(source.id());
  }
}
