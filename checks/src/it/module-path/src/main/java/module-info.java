/** A user's module: Unroll is one line of it. */
module consumer {
  requires dev.unroll.models;

  opens consumer to
      dev.unroll.models;

  provides dev.unroll.models.LayerProvider with
      consumer.OwnLayers;
}
