/** An application for an image: the runtime and the application in one folder. */
module consumer {
  requires dev.unroll.models;
  requires org.slf4j.simple;
}
