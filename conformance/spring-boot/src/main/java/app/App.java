package app;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@SpringBootApplication
@RestController
public class App {
  public static void main(String[] args) {
    SpringApplication.run(App.class, args);
  }

  @GetMapping("/slow")
  String slow(@RequestParam(name = "seconds", defaultValue = "0") double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
    return "done";
  }

  @GetMapping("/stream")
  ResponseEntity<StreamingResponseBody> stream(@RequestParam(name = "seconds", defaultValue = "0") double seconds) {
    StreamingResponseBody body = out -> {
      for (int i = 0; i < seconds * 2; i++) {
        out.write("data: part\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        try {
          Thread.sleep(500);
        } catch (InterruptedException e) {
          throw new java.io.IOException(e);
        }
      }
      out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    };
    return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(body);
  }
}
