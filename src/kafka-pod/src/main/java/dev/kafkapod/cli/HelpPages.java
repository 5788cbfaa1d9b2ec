package dev.kafkapod.cli;

import dev.kafkapod.settings.EnvironmentVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lists options in groups, each with the variable that sets it. An option's {@code descriptionKey}
 * is the heading of its group: picocli's own groups cost time at every start, and this only when
 * somebody asks for help.
 */
final class HelpPages implements IHelpFactory {

  static final String NODES = "Which nodes";
  static final String LOCAL_BROKER = "The local broker";
  static final String CLUSTER = "The Kafka cluster";
  static final String TURNS = "Turns";
  static final String PLACEMENT = "How replicas are spread";

  /** No variable sets these: nobody does by accident what they do. */
  static final String COMMAND_LINE = "On the command line only";

  static final String CONDITIONS = "What counts";
  static final String AGENT = "The agent and overrides";
  static final String POD = "The pod";
  static final String FILES = "Files";
  static final String CONFIGURATION = "Configuration";
  static final String ACTION = "Instead of writing";
  static final String GENERAL = "Time and output";

  @Override
  public Help create(CommandSpec command, Help.ColorScheme colours) {
    return new Page(command, colours);
  }

  private static final class Page extends Help {

    Page(CommandSpec command, ColorScheme colours) {
      super(command, colours);
    }

    @Override
    public String optionList() {
      Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
      groups.put("", new ArrayList<>());
      for (OptionSpec option : commandSpec().options()) {
        String heading = option.descriptionKey() == null ? "" : option.descriptionKey();
        groups.computeIfAbsent(heading, it -> new ArrayList<>()).add(withVariable(option));
      }
      List<OptionSpec> all = groups.values().stream().flatMap(List::stream).toList();
      StringBuilder text = new StringBuilder();
      groups.forEach(
          (heading, options) -> {
            if (!heading.isEmpty()) {
              text.append(System.lineSeparator())
                  .append(heading)
                  .append(':')
                  .append(System.lineSeparator());
            }
            Layout layout = createDefaultLayout(all, List.of(), colorScheme());
            layout.addOptions(options, parameterLabelRenderer());
            text.append(layout);
          });
      return text.toString();
    }

    private static OptionSpec withVariable(OptionSpec option) {
      String[] description = option.description();
      if (EnvironmentDefaults.isOfCommandLineOnly(option) || description.length == 0) {
        return option;
      }
      String[] more = description.clone();
      more[more.length - 1] += " [" + EnvironmentVariable.of(option.longestName()) + "]";
      return OptionSpec.builder(option).description(more).build();
    }
  }
}
