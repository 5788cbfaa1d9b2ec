package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.ConfiguredVoter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Names by which others find this pod, against the one that the kubelet has given it. Kubernetes
 * makes a pod's DNS name for one Service only, the one that its manifest names; a broker that tells
 * its peers another name is found by nobody.
 */
final class PodNameRules {

  static final List<RenderRule> RULES =
      List.of(
          rule(
              "the-pod-is-told-its-own-names",
              (rules, input) -> rules.identity(input.pod(), input.environment())),
          rule(
              "others-are-told-the-pods-names",
              (rules, input) -> rules.told(input.pod(), input.settings(), input.listeners())));

  private final HostsFile own;
  private final Problems problems;

  private PodNameRules(HostsFile own, Problems problems) {
    this.own = own;
    this.problems = problems;
  }

  /** A rule that needs the pod's hosts file. */
  private static RenderRule rule(String name, BiConsumer<PodNameRules, RuleInput> check) {
    return RenderRule.of(
        name,
        (input, problems) ->
            input
                .request()
                .hosts()
                .flatMap(it -> HostsFile.parse(it.text()))
                .ifPresent(own -> check.accept(new PodNameRules(own, problems), input)));
  }

  /** What the pod has been told of itself. */
  private void identity(PodIdentity pod, Map<String, String> environment) {
    // another host name is chosen on purpose where it has no ordinal
    if (pod.podName().isPresent()
        && pod.ordinal().isPresent()
        && !pod.podName().get().equals(own.host())
        && own.host().matches(".+-\\d{1,9}")) {
      problems.warning(
          origin("POD_NAME", "--pod-name", environment),
          "the pod's name is said to be %s, but its hosts file calls it %s: its node id and addresses would be another pod's; take it from metadata.name",
          pod.podName().get(),
          own.host());
    }
    pod.service()
        .filter(it -> !it.equals(own.service()))
        .ifPresent(
            it ->
                problems.warning(
                    origin("KAFKA_POD_SERVICE", "--service", environment),
                    "the Service is said to be %s, but this pod's name in DNS is %s: only the StatefulSet's spec.serviceName gives pods their names; set it to %s, or spec.serviceName to %s",
                    it,
                    own,
                    own.service(),
                    it));
    pod.namespace()
        .filter(it -> !it.equals(own.namespace()))
        .ifPresent(
            it ->
                problems.warning(
                    origin("POD_NAMESPACE", "--pod-namespace", environment),
                    "the namespace is said to be %s, but this pod's name in DNS is %s; take it from metadata.namespace",
                    it,
                    own));
  }

  private static Origin origin(String variable, String option, Map<String, String> environment) {
    return Origin.variable(environment.containsKey(variable) ? variable : option);
  }

  /** A name of this pod that others are told. */
  private record Told(Setting where, String host) {}

  private void told(PodIdentity pod, Settings settings, ListenerSetup listeners) {
    List<Told> all = new ArrayList<>();
    settings
        .get("advertised.listeners")
        .ifPresent(it -> listeners.advertised().forEach(one -> all.add(new Told(it, one.host()))));
    settings
        .get("controller.quorum.voters")
        .ifPresent(
            it ->
                ConfiguredVoter.in(it.text(), settings.nodeId())
                    .ifPresent(voter -> all.add(new Told(it, voter.address().host()))));
    for (Told told : all) {
      Optional<HostsFile> name = HostsFile.of(told.host().toLowerCase(Locale.ROOT));
      if (name.isPresent() && name.get().host().equals(own.host())) {
        told(pod, told, name.get());
      }
    }
  }

  private void told(PodIdentity pod, Told told, HostsFile name) {
    if (!name.namespace().equals(own.namespace())) {
      problems.error(
          told.where(),
          "'%s' is no name of this pod, which is in the namespace %s: it leads nowhere, or to another Kafka cluster's pod; write %s",
          told.host(),
          new Problems.Harmless(own.namespace()),
          new Problems.Harmless(own.toString()));
    } else if (!name.service().equals(own.service())
        && !pod.service().equals(Optional.of(name.service()))) { // which has been said
      problems.warning(
          told.where(),
          "'%s' is no name that Kubernetes gives this pod, because the StatefulSet's spec.serviceName is %s; write %s",
          told.host(),
          new Problems.Harmless(own.service()),
          new Problems.Harmless(own.toString()));
    }
  }
}
