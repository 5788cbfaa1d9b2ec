package dev.kafkapod;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.kafkapod.agent.boot.Premain;
import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Nearest;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.common.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may know what. */
@AnalyzeClasses(
    packages = "dev.kafkapod",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.WhatShips.class})
class ArchitectureTest {

  /** What tests are made of is in a module of its own. */
  static final class WhatShips implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("testkit");
    }
  }

  /** The packages that decide. */
  private static final String[] DECIDING = {
    "dev.kafkapod.readiness..",
    "dev.kafkapod.stopping..",
    "dev.kafkapod.overrides..",
    "dev.kafkapod.storage..",
    "dev.kafkapod.turns..",
    "dev.kafkapod.placement.."
  };

  @ArchTest
  static final ArchRule decidingPackagesObserveNothing =
      noClasses()
          .that()
          .resideInAnyPackage(DECIDING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "javax.management..",
              "java.lang.management..",
              "java.io..",
              "java.net..",
              "java.nio..")
          .because("deciding is a plain function of what was observed");

  @ArchTest
  static final ArchRule decidingPackagesReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(DECIDING)
          .should(
              callMethod(System.class, "nanoTime")
                  .or(callMethod(System.class, "currentTimeMillis"))
                  .or(callMethod(System.class, "getenv"))
                  .or(callMethod(System.class, "getenv", String.class))
                  .or(callMethod(Instant.class, "now")))
          .because("time and environment come in from outside");

  /** Except for values of the ground vocabulary, which know nothing else. */
  @ArchTest
  static final ArchRule decidingPackagesDependOnNothingButThemselves =
      classes()
          .that()
          .resideInAnyPackage(DECIDING)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      Stream.concat(Stream.of("java.."), Stream.of(DECIDING))
                          .toArray(String[]::new))
                  .or(
                      belongToAnyOf(
                          Answer.class,
                          Verdict.class,
                          Nearest.class,
                          NodeNumber.class,
                          ProcessIdentity.class,
                          Address.class)))
          .because("whatever observes or acts depends on them, not the other way round");

  @ArchTest
  static final ArchRule theGroundVocabularyKnowsNothingElse =
      classes()
          .that()
          .resideInAPackage("dev.kafkapod.common..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.kafkapod.common..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.kafkapod.(*)..").should().beFreeOfCycles();

  /** Whoever reads a name must know whose it is; only what is private may share it. */
  @ArchTest
  static void noTwoClassesShareAName(JavaClasses all) {
    Map<String, List<String>> byName =
        all.stream()
            .filter(it -> it.isTopLevelClass() || it.isMemberClass())
            .filter(it -> !it.getModifiers().contains(JavaModifier.PRIVATE))
            .filter(it -> !it.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(byName.values()).filteredOn(it -> it.size() > 1).isEmpty();
  }

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that(
              resideInAPackage("dev.kafkapod..")
                  .and(resideInAPackage("dev.kafkapod.cli..").negate()))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule theFrontDoorsAreOnTop =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.kafkapod.cli..", "dev.kafkapod.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kafkapod.cli..", "dev.kafkapod.agent..")
          .because("the command line and the agent use everything else, not the other way round");

  @ArchTest
  static final ArchRule onlyTheFrontDoorsInquire =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.kafkapod.inquiry..", "dev.kafkapod.cli..", "dev.kafkapod.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kafkapod.inquiry..")
          .because("an inquiry puts the others together");

  @ArchTest
  static final ArchRule onlyTheClusterProbeKnowsKafkasClients =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kafkapod.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule theAgentDoesNotLookAtTheWallClock =
      noClasses()
          .that()
          .resideInAnyPackage("dev.kafkapod.agent..", "dev.kafkapod.verdictfile..")
          .and()
          .doNotHaveFullyQualifiedName("dev.kafkapod.agent.OverrideWatch")
          .and()
          .doNotHaveFullyQualifiedName("dev.kafkapod.agent.TurnsClient")
          .should(
              callMethod(System.class, "currentTimeMillis")
                  .or(callMethod(Instant.class, "now"))
                  .or(callMethod(Clock.class, "millis"))
                  .or(callMethod(Clock.class, "instant")))
          .because(
              "a wall clock that jumps must change no verdict; only people's overrides end by it, and"
                  + " OverrideWatch bounds them by the time since boot, too; the records of turns, on"
                  + " which no verdict rests, end by it among others in TurnsClient");

  @ArchTest
  static final ArchRule theBootPartOfTheAgentNeedsNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.kafkapod.agent.boot..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.kafkapod.agent.boot..")
          .because("it lies on the broker's class path");

  @ArchTest
  static final ArchRule onlyTheOutermostClassExits =
      noClasses()
          .that()
          .doNotBelongToAnyOf(KafkaPod.class)
          .should(
              callMethod(System.class, "exit", int.class)
                  .or(callMethod(Runtime.class, "exit", int.class))
                  .or(callMethod(Runtime.class, "halt", int.class)))
          .because("an agent that exits takes the broker with it");

  @ArchTest
  static final ArchRule onlyTheOutermostClassKnowsTheStandardStreams =
      noClasses()
          .that()
          .doNotBelongToAnyOf(KafkaPod.class, Premain.class)
          .should(ACCESS_STANDARD_STREAMS);
}
