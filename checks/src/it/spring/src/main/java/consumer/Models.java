package consumer;

import dev.unroll.models.Classifier;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One classifier for the whole application: any number of threads may call it. */
@Configuration
public class Models {
  @Bean
  Classifier classifier(@Value("${model.file}") Path file) throws IOException {
    return Classifier.load(file);
  }
}
