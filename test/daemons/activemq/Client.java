import javax.jms.Connection;
import javax.jms.Destination;
import javax.jms.JMSException;
import javax.jms.Session;
import org.apache.activemq.ActiveMQConnectionFactory;

/**
 * Tries things on a broker over OpenWire, each as `user password operation destination`, and says for each what came of it.
 * Operations: send, read, refuse (reads and gives back until the broker gives up). A destination may start with `topic:`.
 */
public class Client {
  private static final int WAIT_MS = 700;

  public static void main(String[] args) {
    for (int index = 1; index < args.length; index++) {
      String[] words = args[index].split(" ");
      System.out.println("TRIED " + attempt(args[0], words[0], words[1], words[2], words[3]));
    }
    System.exit(0);
  }

  private static String attempt(String url, String user, String password, String operation, String name) {
    var factory = new ActiveMQConnectionFactory(url);
    factory.getRedeliveryPolicy().setMaximumRedeliveries(1);
    factory.getRedeliveryPolicy().setInitialRedeliveryDelay(0);
    try (Connection connection = factory.createConnection(user, password)) {
      connection.start();
      boolean transacted = operation.equals("refuse");
      Session session = connection.createSession(transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
      Destination destination = name.startsWith("topic:") ? session.createTopic(name.substring(6)) : session.createQueue(name);
      if (operation.equals("send")) {
        session.createProducer(destination).send(session.createTextMessage("hello from " + user));
        return "sent";
      }
      var consumer = session.createConsumer(destination);
      int received = 0;
      String last = "nothing";
      for (var message = consumer.receive(WAIT_MS); message != null; message = transacted ? consumer.receive(WAIT_MS) : null) {
        received++;
        last = ((javax.jms.TextMessage) message).getText();
        if (transacted) session.rollback();
      }
      return transacted ? "refused " + received + " times" : last;
    } catch (JMSException | RuntimeException error) {
      return "not let: " + error.getMessage();
    }
  }
}
