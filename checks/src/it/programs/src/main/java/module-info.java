module programs {
  requires dev.unroll.models;
  requires dev.unroll.training;
}
