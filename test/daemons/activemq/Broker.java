import org.apache.activemq.broker.BrokerFactory;

/** Starts a broker from a configuration file, and says when it is there. */
public class Broker {
  public static void main(String[] args) throws Exception {
    var broker = BrokerFactory.createBroker("xbean:file:" + args[0]);
    broker.start();
    broker.waitUntilStarted();
    System.out.println("READY");
    broker.waitUntilStopped();
  }
}
