# kafka-pod on top of an image that has Kafka already:
#
#   mvn -B package -DskipTests
#   docker build --build-arg BASE=apache/kafka:4.3.1 -t kafka-with-kafka-pod .
#
# BASE needs Java 17 or later (JAVA_HOME, or java on the PATH), Kafka in KAFKA_HOME (/opt/kafka unless set), bash and
# coreutils or busybox; glibc or musl. The command line's archive of classes is made here, by the base's own Java, and Kafka's native
# libraries are unpacked. Nothing is downloaded: docker build --network none works, if BASE is there.
ARG BASE=apache/kafka:4.3.1

FROM ${BASE} AS archive
USER root
COPY target/kafka-pod /opt/kafka-pod
COPY src/image/train-in-place /
RUN /train-in-place

FROM ${BASE}
USER root
COPY --from=archive /opt/kafka-pod /opt/kafka-pod
# group 0, for a user id that nobody knew before
RUN mkdir -p /run/kafka-pod /var/lib/kafka/data /mnt/shared/config && \
    chgrp 0 /run/kafka-pod /var/lib/kafka/data && chmod 775 /run/kafka-pod /var/lib/kafka/data && \
    mkdir -p /etc/kafka/docker && printf '#!/bin/sh\nexec /opt/kafka-pod/bin/entrypoint start\n' >/etc/kafka/docker/run && \
    chmod 755 /etc/kafka/docker/run
# a published port leads to the container's own address
ENV PATH="${PATH}:/opt/kafka-pod/bin:/opt/kafka/bin" KAFKA_POD_BIND=container
USER 1000:0
VOLUME /var/lib/kafka/data
HEALTHCHECK --interval=10s --timeout=10s --start-period=24h --retries=3 CMD ["/opt/kafka-pod/bin/kafka-pod-probe", "healthy"]
ENTRYPOINT ["/opt/kafka-pod/bin/entrypoint"]
CMD ["start"]
